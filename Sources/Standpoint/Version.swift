/// The version of Standpoint.
public enum Version {
  /// By semantic versioning: below 1.0 a minor version may change the interface, never the reading of older models.
  public static let current = "0.1.0"
}
