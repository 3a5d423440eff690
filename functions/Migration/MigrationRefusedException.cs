namespace Serverless.Migration;

/// <summary>A migration cannot do what is asked for now; the message says why and what to do.</summary>
internal sealed class MigrationRefusedException(string message) : Exception(message);
