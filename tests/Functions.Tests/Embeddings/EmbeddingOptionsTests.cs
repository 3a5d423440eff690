using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Serverless.Embeddings;
using Xunit;

namespace Functions.Tests.Embeddings;

public class EmbeddingOptionsTests
{
    [Fact]
    public void The_defaults_are_valid()
    {
        var options = Options();

        Assert.Equal(
            ("onnx", "default", "fp32", "fast", "auto"),
            (options.Provider, options.Model, options.Precision, options.Preprocessing, options.Device)
        );
        Assert.Equal((0, 1, 8, 256), (options.Workers, options.Threads, options.MaxBatch, options.QueueLength));
        Assert.Equal(Environment.ProcessorCount, options.WorkerCount);
    }

    [Theory]
    [InlineData("Provider", "openai", "Embedding:Provider is 'openai'; allowed: onnx, azure-foundry, azure-vision, bedrock, vertex.")]
    [InlineData("Model", " ", "Embedding:Model is ' ': it must be the name or folder of a model.")]
    [InlineData("Precision", "int4", "Embedding:Precision is 'int4'; allowed: fp32, int8.")]
    [InlineData("Preprocessing", "slow", "Embedding:Preprocessing is 'slow'; allowed: fast, exact.")]
    [InlineData("Device", "tpu", "Embedding:Device is 'tpu'; allowed: auto, cpu, cuda.")]
    [InlineData("Workers", "-1", "Embedding:Workers is -1; a number from 0 to 1024 is allowed.")]
    [InlineData("Threads", "0", "Embedding:Threads is 0; a number from 1 to 1024 is allowed.")]
    [InlineData("MaxBatch", "1000", "Embedding:MaxBatch is 1000; a number from 1 to 256 is allowed.")]
    [InlineData("QueueLength", "0", "Embedding:QueueLength is 0; a number from 1 to 1000000 is allowed.")]
    [InlineData("MinAgreement", "2", "Embedding:MinAgreement is 2; a number from 0 to 1 is allowed.")]
    public void A_setting_that_is_not_allowed_is_named_with_what_is(string setting, string value, string message) =>
        Assert.Equal(message, Assert.Throws<OptionsValidationException>(() => Options((setting, value))).Message);

    private static EmbeddingOptions Options(params (string Setting, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create("Embedding:" + setting.Setting, (string?)setting.Value)))
            .Build();
        return new ServiceCollection()
            .AddEmbeddings(configuration)
            .BuildServiceProvider()
            .GetRequiredService<IOptions<EmbeddingOptions>>()
            .Value;
    }
}
