using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;
using Serverless.Access;
using Serverless.Api.Description;
using Serverless.Embeddings;
using Serverless.Imaging;

namespace Serverless.Api;

/// <summary>The input, if it is not a picture.</summary>
/// <param name="Text">1 to 1,000 characters.</param>
internal sealed record EmbedRequest(string? Text = null);

/// <summary>A vector in the space shared by texts and images.</summary>
/// <param name="Vector">A unit vector.</param>
/// <param name="Dimensions">Its number of elements.</param>
/// <param name="Notices">Omitted parts of the input, one sentence each, if any.</param>
/// <param name="Cost">The price, for a hosted provider.</param>
internal sealed record EmbedReply(
    ReadOnlyMemory<float> Vector,
    string Model,
    int Dimensions,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Notices,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EmbeddingCost? Cost
);

/// <summary>The vector of an image or a text, in their shared space.</summary>
internal sealed class EmbedEndpoint(
    RequestBody body,
    IEmbeddingGenerator<string, Embedding<float>> texts,
    IEmbeddingGenerator<CheckedImage, ImageEmbedding> images,
    EmbeddingModel model
)
{
    private const int MaxText = 1000;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "/embed",
                (HttpRequest request, EmbedEndpoint endpoint, CancellationToken cancellation) => endpoint.PostAsync(request, cancellation)
            )
            .Needs(Role.Search)
            .WithName("embed")
            .WithSummary("Computes the unit vector of an image (the body, or multipart image) or a text (JSON {text}).")
            .Takes<EmbedRequest>([RequestBodies.Json, RequestBodies.Form, .. RequestBodies.Picture], "image")
            .WorksOnPictures()
            .Produces<EmbedReply>()
            .ProducesProblem(400)
            .ProducesProblem(413)
            .ProducesProblem(415)
            .ProducesProblem(422)
            .ProducesProblem(503);

    private async Task<EmbedReply> PostAsync(HttpRequest request, CancellationToken cancellation)
    {
        var form = request.HasFormContentType ? await RequestBody.FormAsync(request, cancellation) : null;
        if (RequestBody.IsImage(request) || form?.Files.Count > 0)
        {
            var image = form is null
                ? await body.ImageAsync(request, cancellation)
                : await body.ImageAsync(form, "image", cancellation) ?? throw ProblemException.Invalid("The form has no file 'image'.");
            var made = (await images.GenerateAsync([image], EmbeddingPriority.Query, cancellation))[0];
            return Reply(made.Vector, made);
        }

        if (form is null && !request.HasJsonContentType())
        {
            throw ProblemException.Unsupported("Send an image (Content-Type: image/jpeg, image/png, …) or application/json with a text.");
        }

        var text = form is null ? (await RequestBody.JsonAsync<EmbedRequest>(request, cancellation)).Text : form["text"].ToString();
        if (text is not { Length: > 0 and <= MaxText } || string.IsNullOrWhiteSpace(text))
        {
            throw ProblemException.Invalid($"'text' must have 1 to {MaxText:N0} characters.");
        }

        var embedding = (await texts.GenerateAsync([text], EmbeddingPriority.Query, cancellation))[0];
        return Reply(embedding.Vector, embedding);
    }

    private EmbedReply Reply(ReadOnlyMemory<float> vector, Embedding embedding)
    {
        var tally = new EmbeddingTally();
        tally.Add(embedding);
        return new EmbedReply(vector, model.Name, vector.Length, tally.Notices, tally.Cost);
    }
}
