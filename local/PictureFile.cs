namespace Local;

internal sealed record PictureFile(string Path, string BlobName)
{
    public string ContentType =>
        System.IO.Path.GetExtension(Path).ToLowerInvariant() switch
        {
            ".jpg" or ".jpeg" => "image/jpeg",
            ".png" => "image/png",
            ".webp" => "image/webp",
            ".gif" => "image/gif",
            ".tif" or ".tiff" => "image/tiff",
            ".bmp" => "image/bmp",
            ".avif" => "image/avif",
            ".heic" or ".heif" => "image/heic",
            ".ico" => "image/vnd.microsoft.icon",
            ".pdf" => "application/pdf",
            ".svg" or ".svgz" => "image/svg+xml",
            ".dng" => "image/x-adobe-dng",
            _ => "application/octet-stream",
        };

    /// <summary>The named files, and those in the named folders; a folder's name becomes part of the blob's.</summary>
    public static IReadOnlyList<PictureFile> Find(IEnumerable<string> paths) => [.. paths.SelectMany(Find)];

    private static IEnumerable<PictureFile> Find(string path)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        if (File.Exists(full))
        {
            return [new PictureFile(full, System.IO.Path.GetFileName(full))];
        }
        if (!Directory.Exists(full))
        {
            throw new LocalRunException($"There is no file or folder {path}.");
        }
        var name = System.IO.Path.GetFileName(full);
        return Directory
            .EnumerateFiles(full, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => new PictureFile(file, NameOf(System.IO.Path.GetRelativePath(full, file))));

        string NameOf(string relative) => $"{name}/{relative.Replace(System.IO.Path.DirectorySeparatorChar, '/')}".TrimStart('/');
    }
}
