using System.Text.Json;
using Shared;
using Xunit;

namespace EndToEnd.Tests.Clients;

public sealed class KiotaTests(SharedStack shared)
{
    private static readonly string Project = Path.Combine(RepositoryFolder.Path, "tests", "EndToEnd.Tests", "kiota");

    [Fact]
    public async Task A_generated_client_compiles_and_works()
    {
        using var described = await DescribedStack.CreateAsync(shared, "kiota", 6103);
        string[] names = ["--language", "csharp", "--class-name", "ImageSearchClient", "--namespace-name", "ImageSearch"];
        string[] files = ["--openapi", described.Description, "--output", Path.Combine(Project, "obj", "generated"), "--clean-output"];
        await Tool.RunAsync(Project, "dotnet", "tool", "restore");
        await Tool.RunAsync(Project, "dotnet", ["kiota", "generate", .. names, .. files]);
        await Tool.RunAsync(Project, "dotnet", "build", "--nologo", "--verbosity", "quiet", "-p:RestoreLockedMode=true");
        var found = await Tool.RunAsync(
            Project,
            "dotnet",
            Path.Combine(Project, "bin", "Debug", "net10.0", "Client.dll"),
            shared.Api.Http.BaseAddress!.GetLeftPart(UriPartial.Authority),
            described.PictureFile,
            ImageApi.Path(described.Record)
        );
        described.Check(JsonSerializer.Deserialize<JsonElement>(found), "kiota");
    }
}
