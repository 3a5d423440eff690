using System.Globalization;
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

    private const string PageMark = "#page=";

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

    /// <summary>
    /// Names a page of the document at this path, from 1. The id is no path's: a blob that is really called <c>plan.pdf#page=3</c> has
    /// another.
    /// </summary>
    public ImagePath Page(int number) =>
        new(Container, string.Create(CultureInfo.InvariantCulture, $"{Name}{PageMark}{number}")) { Id = HashOf(PageKey(Id, number)) };

    /// <summary>The document and the page, if the path ends as that of a page does.</summary>
    public (ImagePath Sheet, int Page)? AsPage()
    {
        var mark = Name.LastIndexOf(PageMark, StringComparison.Ordinal);
        return
            mark > 0
            && Name[(mark + PageMark.Length)..] is { Length: > 0 and <= 5 } digits
            && digits[0] != '0'
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var page)
            ? (new ImagePath(Container, Name[..mark]), page)
            : null;
    }

    /// <summary>Whether the text has the form of an id.</summary>
    public static bool IsId(string? text) => text is { Length: 32 } && text.All(char.IsAsciiHexDigitLower);

    private static string IdOf(string container, string name) => HashOf($"{container}/{name}");

    /// <summary>No container's name has a colon.</summary>
    private static string PageKey(string id, int number) => string.Create(CultureInfo.InvariantCulture, $"page:{number}/{id}");

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
