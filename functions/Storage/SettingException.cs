namespace Serverless.Storage;

/// <summary>A setting without which the app cannot begin is missing or has no meaning.</summary>
internal sealed class SettingException(string message) : Exception(message);
