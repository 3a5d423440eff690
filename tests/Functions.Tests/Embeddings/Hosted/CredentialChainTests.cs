using System.Net.Http.Json;
using System.Text.Json;
using Functions.Tests.Pipeline;

namespace Functions.Tests.Embeddings.Hosted;

/// <summary>The app finds its credentials the way the vendors' own libraries do: from the environment of its process.</summary>
public sealed class CredentialChainTests
{
    [Fact]
    public async Task Keys_of_the_aws_chain_sign_the_requests()
    {
        await using var server = new BedrockServer(TimeProvider.System);
        await server.StartAsync();
        await using var cluster = await Cluster.StartAsync(
            apps: 1,
            settings: new()
            {
                ["Embedding__Provider"] = "bedrock",
                ["Embedding__Endpoint"] = server.Address,
                ["Embedding__Dimensions"] = "384",
                ["AWS_REGION"] = BedrockServer.Region,
                ["AWS_ACCESS_KEY_ID"] = BedrockServer.AccessKey,
                ["AWS_SECRET_ACCESS_KEY"] = BedrockServer.SecretKey,
                ["AWS_SESSION_TOKEN"] = BedrockServer.SessionToken,
            }
        );

        Assert.Equal(384, await DimensionsAsync(cluster));
        Assert.DoesNotContain(BedrockServer.SecretKey, cluster.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(BedrockServer.SessionToken, cluster.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_account_of_application_default_credentials_gets_the_token()
    {
        await using var server = new VertexServer(TimeProvider.System);
        await server.StartAsync();
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllTextAsync(file, server.ServiceAccountKey);
        try
        {
            await using var cluster = await Cluster.StartAsync(
                apps: 1,
                settings: new()
                {
                    ["Embedding__Provider"] = "vertex",
                    ["Embedding__Endpoint"] = server.Address,
                    ["Embedding__Region"] = "europe-west4",
                    ["Embedding__Project"] = "example-project",
                    ["GOOGLE_APPLICATION_CREDENTIALS"] = file,
                }
            );

            Assert.Equal(1408, await DimensionsAsync(cluster));
            Assert.DoesNotContain(Assert.Single(server.Tokens), cluster.Output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<int> DimensionsAsync(Cluster cluster)
    {
        using var response = await cluster.Apps[0].Http.PostAsJsonAsync("/api/embed", new { text = "something red" });
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body + cluster.Output);
        return JsonDocument.Parse(body).RootElement.GetProperty("dimensions").GetInt32();
    }
}
