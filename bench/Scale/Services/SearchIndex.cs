using System.Globalization;
using System.Net;
using System.Numerics.Tensors;
using System.Text;
using System.Text.Json;

namespace Bench.Scale.Services;

/// <summary>
/// The search index: documents by their copy vector, shown after a while, searched exhaustively. Answers have ids and scores only.
/// </summary>
internal sealed class SearchIndex(VirtualTime time, Func<TimeSpan> lag)
{
    private const string VectorField = "instance";

    private readonly Dictionary<string, int> places = [];
    private readonly List<(string Id, float[]? Vector)> shown = [];

    public int Count => places.Count;

    public int Dimensions { get; private set; } = 1;

    public Answer Serve(Call call) =>
        call.Path.EndsWith("docs/search.index", StringComparison.Ordinal) ? Write(call)
        : call.Path.EndsWith("docs/search.post.search", StringComparison.Ordinal) ? Search(call)
        : throw new NotSupportedException($"{call.Method} {call.Address}");

    private Answer Write(Call call)
    {
        using var batch = JsonDocument.Parse(call.Body);
        var results = new List<string>();
        foreach (var document in batch.RootElement.GetProperty("value").EnumerateArray())
        {
            var id = document.GetProperty("id").GetString()!;
            var isDeleted = document.GetProperty("@search.action").GetString() == "delete";
            var vector = isDeleted ? null : VectorOf(document.GetProperty(VectorField));
            time.After(lag(), () => Show(id, vector));
            results.Add($"{{\"key\":\"{id}\",\"status\":true,\"errorMessage\":null,\"statusCode\":200}}");
        }

        return Answer.Json(HttpStatusCode.OK, $"{{\"value\":[{string.Join(',', results)}]}}");
    }

    private Answer Search(Call call)
    {
        using var request = JsonDocument.Parse(call.Body);
        var query = request.RootElement.GetProperty("vectorQueries")[0];
        var (vector, count) = (VectorOf(query.GetProperty("vector")), query.GetProperty("k").GetInt32());
        var except = request.RootElement.TryGetProperty("filter", out var filter) ? ExceptedIn(filter.GetString()!) : null;
        var best = new PriorityQueue<string, float>();
        foreach (var (id, stored) in shown)
        {
            if (stored is not null && id != except)
            {
                var cosine = TensorPrimitives.Dot(vector, stored);
                if (best.Count < count)
                {
                    best.Enqueue(id, cosine);
                }
                else
                {
                    best.EnqueueDequeue(id, cosine);
                }
            }
        }

        var found = new Stack<string>();
        while (best.TryDequeue(out var id, out var cosine))
        {
            found.Push(string.Create(CultureInfo.InvariantCulture, $"{{\"@search.score\":{1 / (2 - cosine)},\"id\":\"{id}\"}}"));
        }

        return Answer.Json(HttpStatusCode.OK, new StringBuilder("{\"value\":[").AppendJoin(',', found).Append("]}").ToString());
    }

    private void Show(string id, float[]? vector)
    {
        if (places.TryGetValue(id, out var place))
        {
            shown[place] = (id, vector);
        }
        else if (vector is not null)
        {
            places[id] = shown.Count;
            shown.Add((id, vector));
            Dimensions = vector.Length;
        }
    }

    private static float[] VectorOf(JsonElement numbers) => [.. numbers.EnumerateArray().Select(number => number.GetSingle())];

    /// <summary>The app's filter is <c>id ne '…'</c>.</summary>
    private static string? ExceptedIn(string filter) =>
        filter.StartsWith("id ne '", StringComparison.Ordinal) ? filter[7..^1] : throw new NotSupportedException(filter);
}
