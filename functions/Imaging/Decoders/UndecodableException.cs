namespace Serverless.Imaging.Decoders;

/// <summary>The file is at fault, and a retry will not help; the message is for the person who uploaded it.</summary>
public sealed class UndecodableException(string reason, Exception? inner = null) : Exception(reason, inner)
{
    internal static UndecodableException Damaged(ImageFormat format, Exception inner) =>
        new($"The {format.DisplayName()} image is damaged or cut short: it cannot be decoded completely.", inner);
}
