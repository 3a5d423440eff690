using System.Text.Encodings.Web;
using System.Text.Json;

namespace Serverless.Backfill;

/// <summary>Cuts a page's images into slices that fit into a row.</summary>
internal static class Slicing
{
    /// <summary>Half a minute of work for a small instance.</summary>
    public const int MostItems = 25;

    /// <summary>A column holds 32,768 characters, and a name takes at most 6 × 1,024 of them: a slice takes at least four.</summary>
    private const int MostCharacters = 24_000;

    /// <param name="from">The number of the first slice.</param>
    public static IReadOnlyList<BackfillSlice> Cut(string jobId, int from, IEnumerable<SliceItem> items)
    {
        var slices = new List<BackfillSlice>();
        var current = new List<SliceItem>();
        var length = 0;
        foreach (var item in items)
        {
            if (current.Count == MostItems || length > MostCharacters)
            {
                Close();
            }

            current.Add(item);
            length += JsonEncodedText.Encode(item.Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value.Length + item.ETag.Length + 24;
        }

        Close();
        return slices;

        void Close()
        {
            if (current.Count > 0)
            {
                slices.Add(
                    new BackfillSlice
                    {
                        JobId = jobId,
                        Number = from + slices.Count,
                        Items = [.. current],
                        Count = current.Count,
                    }
                );
                (current, length) = ([], 0);
            }
        }
    }
}
