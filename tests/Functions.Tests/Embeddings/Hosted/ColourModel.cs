using NetVips;

namespace Functions.Tests.Embeddings.Hosted;

/// <summary>
/// A model that stands behind the local servers: it knows the mean colour of a picture, its rough layout, and the names of three colours.
/// </summary>
internal static class ColourModel
{
    private static readonly string[] Names = ["red", "green", "blue"];

    public static float[] OfImage(byte[] bytes, int dimensions)
    {
        using var image = Image.NewFromBuffer(bytes);
        using var small = image.ThumbnailImage(4, height: 4, size: Enums.Size.Force);
        var pixels = small.WriteToMemory<byte>();
        var vector = new float[dimensions];
        for (var i = 0; i < pixels.Length; i++)
        {
            vector[i % 3] += (pixels[i] - 96) / 16f;
            vector[3 + i] = (pixels[i] - 96) / 8f;
        }

        return vector;
    }

    public static float[] OfText(string text, int dimensions)
    {
        var vector = new float[dimensions];
        vector[^1] = 0.1f;
        for (var colour = 0; colour < Names.Length; colour++)
        {
            vector[colour] = text.Contains(Names[colour], StringComparison.OrdinalIgnoreCase) ? 1 : -0.5f;
        }

        return vector;
    }
}
