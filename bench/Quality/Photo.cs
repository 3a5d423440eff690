using Local.Calibration;
using NetVips;

namespace Bench.Quality;

/// <summary>A picture that copies are made of.</summary>
internal sealed record Photo(string Name, bool IsUnseen, Image Picture)
{
    /// <summary>A quarter of it is still a picture.</summary>
    private const int LeastSide = 320;

    private byte[]? original;

    /// <summary>The file that copies are compared with.</summary>
    public byte[] Original => original ??= Picture.PngsaveBuffer(compression: 1);

    public static IReadOnlyList<Photo> Read(RunOptions options, SubjectReader reader)
    {
        var photos = new List<Photo>();
        var count = 0;
        foreach (var set in PhotoSet.All)
        {
            foreach (var file in set.Find(options.Work))
            {
                if (
                    count++ % options.Every == 0
                    && reader.Picture(File.ReadAllBytes(file)) is { Width: >= LeastSide, Height: >= LeastSide } picture
                )
                {
                    photos.Add(new Photo(Path.GetRelativePath(Path.Combine(options.Work, "packages"), file), set.IsUnseen, picture));
                }
            }
        }

        return photos;
    }
}
