using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Shared;

namespace Packaging.Tests;

/// <summary>
/// THIRD-PARTY-NOTICES.md names what is published, with the licence that each package states. WRITE_NOTICES=1 writes it anew.
/// </summary>
public sealed class NoticesTests(PublishedApp app)
{
    private const string Heading = """
        # Third-party notices

        The app is published with these packages, under the licences that their authors state. The bundled model and the test
        data have theirs beside them (`models/default/README.md`, `tests/Fixtures/README.md`). What the Functions host loads for
        the triggers (`.azurefunctions/`) is Microsoft's, under MIT.

        Text in a PDF whose font is missing is drawn with the Hershey Fonts, originally created by Dr. A. V. Hershey while
        working at the U.S. National Bureau of Standards. Their format was originally created by James Hurt, Cognition, Inc.,
        900 Technology Park Drive, Billerica, MA 01821.

        | package | version | licence | from |
        |---|---|---|---|

        """;

    [Fact]
    public void Every_package_that_is_published_is_named_with_its_licence()
    {
        var file = Path.Combine(RepositoryFolder.Path, "THIRD-PARTY-NOTICES.md");
        var expected =
            Heading
            + string.Concat(
                Packages().Select(package => $"| {package.Id} | {package.Version} | {Licence(package)} | {Project(package)} |\n")
            );
        if (Environment.GetEnvironmentVariable("WRITE_NOTICES") == "1")
        {
            File.WriteAllText(file, expected, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        Assert.Equal(expected, File.ReadAllText(file));
    }

    private IEnumerable<(string Id, string Version)> Packages()
    {
        using var dependencies = JsonDocument.Parse(File.ReadAllText(Path.Combine(app.Folder, "Functions.deps.json")));
        return
        [
            .. dependencies
                .RootElement.GetProperty("libraries")
                .EnumerateObject()
                .Where(library => library.Value.GetProperty("type").GetString() == "package")
                .Select(library => library.Name.Split('/'))
                .Select(parts => (parts[0], parts[1]))
                .OrderBy(package => package.Item1, StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static string Licence((string Id, string Version) package)
    {
        var metadata = Metadata(package);
        var stated = metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "license");
        var licence =
            stated is null ? Value(metadata, "licenseUrl")
            : stated.Attribute("type")?.Value == "file" ? $"{stated.Value} in the package"
            : stated.Value;
        return licence.Length > 0 ? licence : throw new InvalidDataException($"{package.Id} states no licence.");
    }

    private static string Project((string Id, string Version) package) => Value(Metadata(package), "projectUrl");

    private static XElement Metadata((string Id, string Version) package)
    {
        var root =
            Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var (id, version) = (package.Id.ToLowerInvariant(), package.Version.ToLowerInvariant());
        return XDocument
            .Load(Path.Combine(root, id, version, $"{id}.nuspec"))
            .Root!.Elements()
            .Single(element => element.Name.LocalName == "metadata");
    }

    private static string Value(XElement metadata, string name) =>
        metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value.Trim() ?? "";
}
