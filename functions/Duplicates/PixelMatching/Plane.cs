namespace Serverless.Duplicates.PixelMatching;

/// <summary>A picture of one byte a point, row by row.</summary>
internal sealed record Plane(byte[] Values, int Width, int Height)
{
    public Plane(int width, int height)
        : this(GC.AllocateUninitializedArray<byte>(width * height), width, height) { }

    public ReadOnlySpan<byte> Row(int y) => Values.AsSpan(y * Width, Width);

    public Span<byte> WritableRow(int y) => Values.AsSpan(y * Width, Width);

    /// <summary>The value at a point; outside, that of the nearest point inside.</summary>
    public byte Nearest(int x, int y) => Values[(Math.Clamp(y, 0, Height - 1) * Width) + Math.Clamp(x, 0, Width - 1)];
}
