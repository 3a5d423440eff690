namespace Serverless.Imaging;

/// <summary>
/// The file is intact but uses an unsupported feature. The message is for the person who uploaded it.
/// </summary>
public sealed class UnsupportedImageException(string message) : Exception(message);
