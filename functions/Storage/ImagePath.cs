using System.Security.Cryptography;
using System.Text;

namespace Serverless.Storage;

/// <summary>Where an image was uploaded: container and blob name. Written as <c>images/holiday/cat.jpg</c>.</summary>
public sealed record ImagePath(string Container, string Name)
{
    /// <summary>
    /// The key of the image everywhere: the first 128 bits of the SHA-256 of the path, as 32 lower-case hex digits.
    /// A blob name may have 1,024 characters of any script; a search key may not.
    /// </summary>
    public string Id { get; private init; } = IdOf(Container, Name);

    /// <summary>Stands in for the path if only the id is known.</summary>
    public static ImagePath Unknown(string id) => new("", "") { Id = id };

    public bool IsKnown => Container.Length > 0;

    public override string ToString() => $"{Container}/{Name}";

    /// <summary>
    /// Parses <c>container/name</c>; null if the name is missing, too long, or impossible for a blob. A backslash counts as a slash, as in
    /// the service.
    /// </summary>
    public static ImagePath? TryParse(string? text)
    {
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        return slash > 0 && text!.Length - slash - 1 <= 1024 && BlobNames.Normalized(text[(slash + 1)..]) is { } name
            ? new ImagePath(text[..slash], name)
            : null;
    }

    /// <summary>Whether the text has the form of an id.</summary>
    public static bool IsId(string? text) => text is { Length: 32 } && text.All(char.IsAsciiHexDigitLower);

    private static string IdOf(string container, string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{container}/{name}"));
        return Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }
}
