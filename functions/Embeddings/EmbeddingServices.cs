using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Serverless.Embeddings.Hosted;
using Serverless.Embeddings.Onnx;
using Serverless.Imaging;

namespace Serverless.Embeddings;

public static class EmbeddingServices
{
    /// <summary>The provider in <c>Embedding:Provider</c>. Validation of the options refuses unknown names.</summary>
    public static IServiceCollection AddEmbeddings(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(EmbeddingOptions.Section);
        services.AddSingleton<IValidateOptions<EmbeddingOptions>, EmbeddingOptionsRules>();
        services.AddSingleton<IValidateOptions<EmbeddingOptions>, HostedOptionsRules>();
        services.AddOptions<EmbeddingOptions>().Bind(section).ValidateOnStart();
        var provider = section[nameof(EmbeddingOptions.Provider)] ?? EmbeddingOptions.Onnx;
        return HostedServices.FactsOf(provider, section[nameof(EmbeddingOptions.Model)]) is { } facts
            ? services.AddHostedEmbeddings(facts)
            : services.AddOnnxEmbeddings();
    }

    private static IServiceCollection AddOnnxEmbeddings(this IServiceCollection services)
    {
        services.AddSingleton<OnnxModel>();
        services.AddSingleton(provider => provider.GetRequiredService<OnnxModel>().Description);
        services.AddSingleton(provider => Workers<CheckedImage, ImageEmbedding>(provider, model => model.Vision.Embed));
        services.AddSingleton(provider => Workers<string, ReadOnlyMemory<float>>(provider, model => model.Text.Embed));
        services.AddMeasured<CheckedImage, ImageEmbedding, OnnxImageEmbeddings>("image");
        services.AddMeasured<string, Embedding<float>, OnnxTextEmbeddings>("text");
        services
            .AddOptions<ImageDecoding>()
            .Configure<OnnxModel>(
                (decoding, model) => decoding.ShortSide = Math.Max(decoding.ShortSide, model.Vision.Preprocessor.ShortSide)
            );
        services.AddSingleton<IModelPreparation, ModelLoader>();
        return services;
    }

    private static BatchWorkers<TInput, TResult> Workers<TInput, TResult>(
        IServiceProvider provider,
        Func<OnnxModel, Func<IReadOnlyList<TInput>, IReadOnlyList<TResult>>> run
    )
    {
        var options = provider.GetRequiredService<IOptions<EmbeddingOptions>>().Value;
        return new(options.WorkerCount, options.QueueLength, options.BatchLimit, run(provider.GetRequiredService<OnnxModel>()));
    }
}
