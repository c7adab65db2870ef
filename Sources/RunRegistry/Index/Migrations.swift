import GRDB

/// The versions of the index. A migration that was released is never changed; a change is a new one after it.
enum Migrations {
  static let all: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1: runs, metrics and settings") { database in
      try database.execute(
        sql: """
          CREATE TABLE run (
            id TEXT PRIMARY KEY NOT NULL,
            changed INTEGER NOT NULL,
            size INTEGER NOT NULL,
            kind TEXT, status TEXT NOT NULL, task TEXT, model TEXT, data TEXT, items INTEGER, seconds REAL,
            memory INTEGER, seed TEXT, started_at TEXT, ended_at TEXT, tool_version TEXT, git_commit TEXT, host TEXT,
            failure TEXT
          ) WITHOUT ROWID;
          CREATE TABLE metric (
            run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            value REAL,
            PRIMARY KEY (run, name)
          ) WITHOUT ROWID;
          CREATE TABLE setting (
            run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            value TEXT,
            PRIMARY KEY (run, name)
          ) WITHOUT ROWID;
          """)
    }
    return migrator
  }()

  /// Forgets every run.
  static func empty(_ database: Database) throws { try database.execute(sql: "DELETE FROM run") }
}
