namespace Serverless.Imaging.Metadata;

/// <summary>A sequence of boxes, as in AVIF, HEIC and CR3.</summary>
internal static class MediaBoxes
{
    /// <summary>The contents of the first complete box of a type; empty if there is none.</summary>
    public static ReadOnlyMemory<byte> Find(ReadOnlyMemory<byte> boxes, ReadOnlySpan<byte> kind)
    {
        while (Next(ref boxes, out var name, out var contents))
        {
            if (name.SequenceEqual(kind))
            {
                return contents;
            }
        }

        return default;
    }

    /// <summary>Takes the first complete box off <paramref name="boxes"/>; false if there is none.</summary>
    public static bool Next(ref ReadOnlyMemory<byte> boxes, out ReadOnlySpan<byte> name, out ReadOnlyMemory<byte> contents)
    {
        contents = default;
        if (!IsoMedia.Box(boxes.Span, out name, out var inside, out var next))
        {
            return false;
        }

        contents = boxes[(next - inside.Length)..next];
        boxes = boxes[next..];
        return true;
    }
}
