namespace Serverless.Imaging.Decoders;

/// <summary>The file is at fault, and trying again will not help; the message is a sentence for the person who uploaded it.</summary>
public sealed class UndecodableException(string reason, Exception? inner = null) : Exception(reason, inner)
{
    internal static UndecodableException Damaged(ImageFormat format, Exception inner) =>
        new($"The {format.DisplayName()} image is damaged or cut short: it cannot be decoded to its end.", inner);
}
