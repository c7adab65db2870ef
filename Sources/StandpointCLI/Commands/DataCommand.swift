import ArgumentParser

/// `standpoint data`.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Check, divide, convert and compare labelled statements; say where public corpora are to be had.",
    subcommands: [
      DataCheckCommand.self, DataSplitCommand.self, DataConvertCommand.self, DataAgreementCommand.self,
      DataFetchCommand.self,
    ])
}
