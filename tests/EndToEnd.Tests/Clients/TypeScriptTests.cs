using System.Text.Json;
using Local;
using Shared;
using Xunit;

namespace EndToEnd.Tests.Clients;

public sealed class TypeScriptTests(SharedStack shared)
{
    private static readonly string Tools = Path.Combine(RepositoryFolder.Path, "tests", "EndToEnd.Tests", "openapi");

    [Fact]
    public async Task Redocly_has_nothing_to_say_about_the_description()
    {
        await NodePackages.InstallAsync(Tools);
        using var described = await DescribedStack.CreateAsync(shared, "redocly", 6101);
        var report = await Tool.RunAsync(
            Tools,
            "node",
            "node_modules/@redocly/cli/bin/cli.js",
            "lint",
            described.Description,
            "--format=json",
            // Of duplicates/review/{id} and duplicates/{id}/swap the first wins where both fit, and no id is "review".
            "--skip-rule=no-ambiguous-paths"
        );
        var totals = JsonSerializer.Deserialize<JsonElement>(report).GetProperty("totals");
        Assert.True(
            totals.GetProperty("errors").GetInt32() + totals.GetProperty("warnings").GetInt32() == 0,
            $"Redocly found something:\n{report}"
        );
    }

    [Fact]
    public async Task A_client_of_generated_types_compiles_and_works()
    {
        await NodePackages.InstallAsync(Tools);
        using var described = await DescribedStack.CreateAsync(shared, "typescript", 6102);

        // Below the packages, so that they are found.
        var folder = Path.Combine(Tools, "obj", Path.GetRandomFileName());
        Directory.CreateDirectory(folder);
        try
        {
            var source = Path.Combine(folder, "smoke.ts");
            File.Copy(Path.Combine(Tools, "smoke.ts"), source);
            await Tool.RunAsync(Tools, "node", "generate.js", described.Description, Path.Combine(folder, "api.d.ts"));
            string[] language = ["--strict", "--target", "es2022", "--lib", "es2022,dom,dom.iterable", "--module", "nodenext"];
            await Tool.RunAsync(Tools, "node", ["node_modules/typescript/bin/tsc", .. language, "--types", "node", source]);
            var found = await Tool.RunAsync(
                Tools,
                "node",
                Path.ChangeExtension(source, "js"),
                shared.Api.Http.BaseAddress!.GetLeftPart(UriPartial.Authority),
                described.PictureFile,
                ImageApi.Path(described.Record)
            );
            var values = JsonSerializer.Deserialize<JsonElement>(found);
            described.Check(values, "typescript");
            Assert.Equal(ImageApi.Id(described.Record), values.GetProperty("form").GetString());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
