using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Serverless.Ui;

/// <summary>
/// The page, read once from the assembly. Everything except the document is under a folder named by a hash of all files, so that browsers
/// can cache it forever and never mix two versions.
/// </summary>
internal sealed class PageFiles
{
    private const string Folder = "wwwroot/";
    private const string DocumentName = "index.html";
    private const string AssetsPlaceholder = "/ui/assets/";

    private static readonly Dictionary<string, string> MediaTypes = new()
    {
        [".css"] = "text/css; charset=utf-8",
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private readonly Dictionary<string, PageFile> assets;

    public PageFiles()
        : this(Embedded()) { }

    /// <param name="files">By their paths, such as <c>search/view.js</c>.</param>
    internal PageFiles(IReadOnlyDictionary<string, byte[]> files)
    {
        Assets = $"assets-{VersionOf(files)}/";
        assets = files
            .Where(file => file.Key != DocumentName)
            .ToDictionary(file => Assets + file.Key, file => Prepared(file.Key, file.Value));
        var document = Encoding.UTF8.GetString(files[DocumentName]).Replace(AssetsPlaceholder, $"/ui/{Assets}", StringComparison.Ordinal);
        Document = Prepared(DocumentName, Encoding.UTF8.GetBytes(document));
    }

    /// <summary>The folder of everything except the document, with a trailing slash.</summary>
    public string Assets { get; }

    public PageFile Document { get; }

    public PageFile? Asset(string path) => assets.GetValueOrDefault(path);

    private static Dictionary<string, byte[]> Embedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .ToDictionary(name => name[Folder.Length..].Replace('\\', '/'), name => Read(assembly, name));
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string VersionOf(IReadOnlyDictionary<string, byte[]> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, bytes) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(SHA256.HashData(bytes));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    private static PageFile Prepared(string name, byte[] bytes)
    {
        var small = new MemoryStream();
        using (var brotli = new BrotliStream(small, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            brotli.Write(bytes);
        }

        // A weak tag: it identifies the content in any encoding.
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"", isWeak: true);
        return new PageFile(bytes, small.Length < bytes.Length ? small.ToArray() : [], MediaTypes[Path.GetExtension(name)], tag);
    }
}
