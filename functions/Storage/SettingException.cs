namespace Serverless.Storage;

/// <summary>A required setting is missing or invalid.</summary>
internal sealed class SettingException(string message) : Exception(message);
