namespace StorageProxy.Events;

/// <summary>Which blob a path means.</summary>
internal sealed record BlobAddress(string Account, string Container, string Name)
{
    /// <summary>Reads a path as Azurite does: decoded as a whole, and with slashes for backslashes. Null where it names no blob.</summary>
    public static BlobAddress? Parse(string path) =>
        Uri.UnescapeDataString(path).Split('/', 4) is ["", var account, var container, { Length: > 0 } name]
            ? new BlobAddress(account, container, name.Replace('\\', '/'))
            : null;

    /// <summary>Its address; reading that gives this name again, also where the name holds dots, or ends, that a path would lose.</summary>
    public Uri At(Uri endpoint)
    {
        var segments = Name.Split('/');
        var slash = segments is ["", ..] or [.., ""] || Array.Exists(segments, segment => segment is "." or "..") ? "%2F" : "/";
        return new Uri(
            $"{endpoint.GetLeftPart(UriPartial.Authority)}/{Account}/{Container}/{string.Join(slash, segments.Select(Uri.EscapeDataString))}"
        );
    }
}
