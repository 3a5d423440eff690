using Microsoft.Extensions.AI;
using Serverless.Embeddings;
using Serverless.Imaging;

namespace Serverless.Api;

internal sealed record EmbedRequest(string? Text = null);

internal sealed record EmbedReply(ReadOnlyMemory<float> Vector, string Model, int Dimensions);

/// <summary>The vector of an image or a text, in their shared space.</summary>
internal sealed class EmbedEndpoint(
    RequestBody body,
    IEmbeddingGenerator<string, Embedding<float>> texts,
    IEmbeddingGenerator<CheckedImage, ImageEmbedding> images,
    EmbeddingModel model)
{
    private const int MaxText = 1000;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/embed", (HttpRequest request, EmbedEndpoint endpoint, CancellationToken cancellation) => endpoint.PostAsync(request, cancellation))
        .WithName("Embed").WithSummary("The unit vector of an image (the body) or a text (JSON {text}).")
        .Accepts<EmbedRequest>("application/json", "image/jpeg", "image/png", "image/webp")
        .WorksOnPictures().Produces<EmbedReply>().ProducesProblem(400).ProducesProblem(413).ProducesProblem(415).ProducesProblem(422);

    private async Task<EmbedReply> PostAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (RequestBody.IsImage(request))
        {
            var image = await body.ImageAsync(request, cancellation);
            return Reply((await images.GenerateAsync([image], cancellationToken: cancellation))[0].Vector);
        }

        if (!request.HasJsonContentType())
        {
            throw Refusal.Unsupported("Send an image (Content-Type: image/jpeg, image/png, …) or application/json with a text.");
        }

        var text = (await RequestBody.JsonAsync<EmbedRequest>(request, cancellation)).Text;
        return text is { Length: > 0 and <= MaxText } && !string.IsNullOrWhiteSpace(text)
            ? Reply((await texts.GenerateAsync([text], cancellationToken: cancellation))[0].Vector)
            : throw Refusal.Invalid($"'text' must have from 1 to {MaxText:N0} characters.");
    }

    private EmbedReply Reply(ReadOnlyMemory<float> vector) => new(vector, model.Name, vector.Length);
}
