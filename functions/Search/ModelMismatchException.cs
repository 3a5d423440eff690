namespace Serverless.Search;

/// <summary>The index belongs to another model than the configured one. The app does not start.</summary>
internal sealed class ModelMismatchException(string message) : Exception(message);
