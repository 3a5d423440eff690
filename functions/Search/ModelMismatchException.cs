namespace Serverless.Search;

/// <summary>The index holds what the configured model cannot be compared with. The app does not start.</summary>
internal sealed class ModelMismatchException(string message) : Exception(message);
