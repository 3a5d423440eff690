namespace Serverless.Imaging;

/// <summary>
/// The file is what it says, but uses something that cannot be read here. The message is a sentence for the person who uploaded it.
/// </summary>
public sealed class UnsupportedImageException(string message) : Exception(message);
