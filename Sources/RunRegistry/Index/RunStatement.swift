import GRDB

/// The SQL of a query. Names and values are arguments; only columns from a fixed list stand in the text.
struct RunStatement {
  private(set) var sql = ""
  private(set) var arguments: [DatabaseValue] = []

  init(_ query: RunQuery) {
    sql = "SELECT "
    for (index, column) in query.columns.enumerated() {
      if index > 0 { sql += ", " }
      append(column)
    }
    if query.columns.isEmpty { sql += "NULL" }
    sql += " FROM run"
    for (index, filter) in query.filters.enumerated() {
      sql += index == 0 ? " WHERE " : " AND "
      append(filter)
    }
    sql += " ORDER BY "
    for order in query.order {
      append(order.field)
      sql += order.isDescending ? " DESC NULLS LAST, " : " ASC NULLS LAST, "
    }
    sql += "id DESC"
    if let limit = query.limit {
      sql += " LIMIT ?"
      arguments.append(limit.databaseValue)
    }
  }

  private mutating func append(_ field: RunField) {
    switch field {
    case .fixed(let name):
      precondition(RunField.fixedNames.contains(name), "no such column")
      sql += name
    case .metric(let name):
      sql += "(SELECT value FROM metric WHERE run = run.id AND name = ?)"
      arguments.append(name.databaseValue)
    case .setting(let name):
      sql += "(SELECT value FROM setting WHERE run = run.id AND name = ?)"
      arguments.append(name.databaseValue)
    }
  }

  private mutating func append(_ filter: RunQuery.Filter) {
    if filter.comparison == .contains {
      sql += "instr(lower("
      append(filter.field)
      sql += "), lower(?)) > 0"
      arguments.append(filter.value.databaseValue)
      return
    }
    let sign = filter.comparison == .notEqual ? "IS NOT" : filter.comparison.rawValue
    if let number = Double(filter.value), filter.field != .fixed("id") {
      sql += "CAST("
      append(filter.field)
      sql += " AS REAL) \(sign) ?"
      arguments.append(number.databaseValue)
    } else {
      append(filter.field)
      sql += " \(sign) ?"
      arguments.append(filter.value.databaseValue)
    }
  }
}
