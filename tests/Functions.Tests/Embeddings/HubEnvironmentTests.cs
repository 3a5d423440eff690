using Serverless.Embeddings;
using Serverless.Embeddings.Catalogue;
using Xunit;

namespace Functions.Tests.Embeddings;

public class HubEnvironmentTests
{
    [Fact]
    public void Without_variables_it_is_the_public_hub_and_the_usual_cache()
    {
        var environment = Read();

        Assert.Equal("https://huggingface.co/", environment.Endpoint.ToString());
        Assert.EndsWith(Path.Combine(".cache", "huggingface", "hub"), environment.Cache, StringComparison.Ordinal);
        Assert.False(environment.Offline);
    }

    [Fact]
    public void The_variables_of_the_hub_are_followed()
    {
        var environment = Read(
            ("HF_ENDPOINT", "https://mirror.example/hf/"),
            ("HF_TOKEN", "secret"),
            ("HF_HOME", "/models"),
            ("HF_HUB_OFFLINE", "1")
        );

        Assert.Equal(
            ("https://mirror.example/hf/", "secret", Path.Combine("/models", "hub"), true),
            (environment.Endpoint.ToString(), environment.Token, environment.Cache, environment.Offline)
        );
        Assert.Equal("/elsewhere", Read(("HF_HUB_CACHE", "/elsewhere"), ("HF_HOME", "/models")).Cache);
        Assert.Equal(Path.Combine("/xdg", "huggingface", "hub"), Read(("XDG_CACHE_HOME", "/xdg")).Cache);
    }

    [Fact]
    public void A_token_may_stand_in_a_file()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "from-file\n");

        Assert.Equal("from-file", Read(("HF_TOKEN_PATH", path)).Token);
        File.Delete(path);
    }

    [Fact]
    public void An_endpoint_that_is_no_address_is_refused_by_name() =>
        Assert.Contains(
            "HF_ENDPOINT",
            Assert.Throws<ModelException>(() => Read(("HF_ENDPOINT", "nonsense"))).Message,
            StringComparison.Ordinal
        );

    private static HubEnvironment Read(params (string Name, string Value)[] variables) =>
        HubEnvironment.Read(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
