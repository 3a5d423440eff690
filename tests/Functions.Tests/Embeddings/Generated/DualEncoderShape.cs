namespace Functions.Tests.Embeddings.Generated;

internal sealed record TowerShape(int Width, int Layers, int Heads, int Hidden);

/// <summary>The measures of a dual encoder; the published ones have the published numbers of parameters.</summary>
internal sealed record DualEncoderShape(
    bool Siglip,
    int ImageSize,
    int Patch,
    TowerShape Vision,
    TowerShape Text,
    int Vocabulary,
    int Length,
    int Projection
)
{
    public static DualEncoderShape ClipVitB32 { get; } = new(false, 224, 32, new(768, 12, 12, 3072), new(512, 12, 8, 2048), 49408, 77, 512);

    public static DualEncoderShape SiglipB16 { get; } = new(true, 224, 16, new(768, 12, 12, 3072), new(768, 12, 12, 3072), 32000, 64, 768);

    public static DualEncoderShape TinyClip { get; } = new(false, 224, 32, new(64, 2, 2, 128), new(48, 2, 2, 96), 4096, 77, 32);

    public static DualEncoderShape TinySiglip { get; } = new(true, 64, 16, new(64, 2, 2, 128), new(64, 2, 2, 128), 4096, 64, 64);
}
