using Serverless.Embeddings;

namespace Functions.Tests.Embeddings.Hosted;

public sealed class AuthenticationTests
{
    [Fact]
    public async Task Azure_is_shown_the_key_and_no_token()
    {
        await using var rig = await HostedRig.StartAsync(EmbeddingOptions.AzureVision);
        await rig.EmbedAsync("red");

        Assert.Equal(AzureVisionServer.Key, rig.Server.Last.Headers["Ocp-Apim-Subscription-Key"]);
        Assert.Equal(0, rig.Server.Last.Headers.Authorization.Count);
    }

    [Fact]
    public async Task Azure_is_shown_a_token_of_Entra_ID_where_there_is_no_key()
    {
        var entra = new FixedToken(AzureVisionServer.Token);
        await using var rig = await HostedRig.StartAsync(EmbeddingOptions.AzureVision, entra: entra);
        await rig.EmbedAsync("red");

        Assert.Equal($"Bearer {AzureVisionServer.Token}", rig.Server.Last.Headers.Authorization);
        Assert.Equal(["https://cognitiveservices.azure.com/.default"], entra.Scopes);
    }

    [Fact]
    public async Task A_wrong_key_and_a_wrong_identity_are_told_apart()
    {
        await using var withKey = await HostedRig.StartAsync(EmbeddingOptions.AzureVision, options => options.ApiKey = "wrong");
        await using var withToken = await HostedRig.StartAsync(EmbeddingOptions.AzureVision, entra: new FixedToken("wrong"));

        var key = await Assert.ThrowsAsync<EmbeddingUnavailableException>(() => withKey.EmbedAsync("red"));
        var token = await Assert.ThrowsAsync<EmbeddingUnavailableException>(() => withToken.EmbedAsync("red"));

        Assert.Contains("rejects the key", key.Message, StringComparison.Ordinal);
        Assert.Contains("rejects the app's identity", token.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", key.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bedrock_is_sent_a_signature_that_holds_for_body_and_session_token()
    {
        await using var rig = await HostedRig.StartAsync(EmbeddingOptions.Bedrock);
        await rig.EmbedAsync("red");
        await rig.EmbedAsync(Imaging.Pictures.Checked("scene.jpg"));

        Assert.Equal(BedrockServer.SessionToken, rig.Server.Last.Headers["X-Amz-Security-Token"]);
        Assert.Contains(
            "SignedHeaders=accept;content-type;host;x-amz-date;x-amz-security-token",
            rig.Server.Last.Headers.Authorization.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Bedrock_is_shown_an_api_key_where_there_is_one()
    {
        await using var rig = await HostedRig.StartAsync(EmbeddingOptions.Bedrock, options => options.ApiKey = BedrockServer.ApiKey);
        await rig.EmbedAsync("red");

        Assert.Equal($"Bearer {BedrockServer.ApiKey}", rig.Server.Last.Headers.Authorization);
        Assert.False(rig.Server.Last.Headers.ContainsKey("X-Amz-Date"));
    }

    [Fact]
    public async Task Google_is_asked_for_one_token_with_a_signed_assertion_and_it_is_used_until_it_runs_out()
    {
        await using var rig = await HostedRig.StartAsync(EmbeddingOptions.Vertex);
        await rig.EmbedAsync("red");
        await rig.EmbedAsync("green");

        Assert.Single(((VertexServer)rig.Server).Tokens);
    }

    [Theory]
    [InlineData("azure-vision", null, 1024)]
    [InlineData("bedrock", 256, 256)]
    [InlineData("bedrock", 384, 384)]
    [InlineData("vertex", null, 1408)]
    [InlineData("vertex", 128, 128)]
    public async Task The_length_that_is_set_is_asked_for_and_given(string provider, int? set, int given)
    {
        await using var rig = await HostedRig.StartAsync(provider, options => options.Dimensions = set);

        Assert.Equal((given, given), ((await rig.EmbedAsync("red")).Vector.Length, rig.Provider.Model.Dimensions));
    }
}
