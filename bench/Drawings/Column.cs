using System.Numerics.Tensors;
using Serverless.Drawings;

namespace Bench.Drawings;

/// <summary>One way to search: the vectors of each sheet with their boxes, searched exactly.</summary>
internal sealed class Column(string name)
{
    private readonly List<(float[] Vector, Region Box)[]> sheets = [];

    public string Name => name;

    public long Vectors => sheets.Sum(sheet => (long)sheet.Length);

    public int Dimensions => sheets.Find(sheet => sheet.Length > 0)?[0].Vector.Length ?? 0;

    public void Add(IEnumerable<(float[] Vector, Region Box)> parts) => sheets.Add([.. parts]);

    /// <summary>All sheets, the best first, each with the box of its best part: the greatest cosine of any part and any variant.</summary>
    public IReadOnlyList<(int Sheet, Region Box, float Score)> Search(IReadOnlyList<float[]> variants)
    {
        var found = new (int Sheet, Region Box, float Score)[sheets.Count];
        for (var sheet = 0; sheet < found.Length; sheet++)
        {
            found[sheet] = (sheet, Region.Whole, -1);
            foreach (var (vector, box) in sheets[sheet])
            {
                foreach (var variant in variants)
                {
                    if (TensorPrimitives.Dot(variant, vector) is var score && score > found[sheet].Score)
                    {
                        found[sheet] = (sheet, box, score);
                    }
                }
            }
        }

        return [.. found.OrderByDescending(result => result.Score).ThenBy(result => result.Sheet)];
    }
}
