namespace Serverless.Duplicates;

/// <summary>
/// What brightness and contrast may have cut off at black and white, in either direction. Colours are cut off channel by
/// channel, so that points of one brightness lose differently: no tone curve explains it, but within a block of like colours
/// brightness and contrast still do.
/// </summary>
/// <param name="Room">Luma steps that a point may have lost.</param>
internal readonly record struct Clipping(double Room)
{
    /// <summary>Luma steps that are lost in rounding and compression anyway.</summary>
    private const double Least = 3;

    /// <summary>Correlation below which the two differ by more than tones, and nothing is put down to them.</summary>
    private const double SameBut = 0.99;

    /// <summary>Share of a block's own variance that may remain unexplained.</summary>
    private const double LostDetail = 0.2;

    /// <summary>What a block without texture may have lost, as a share of the room: nothing in it shows that it is the same.</summary>
    private const double SmoothShare = 0.5;

    public static Clipping None { get; } = new(0);

    /// <summary>From the line that takes one picture's tones to the other's.</summary>
    public static Clipping Of(LinearFit line)
    {
        if (line.Correlation < SameBut)
        {
            return None;
        }

        var (black, white) = (line.Offset, (line.Gain * 255) + line.Offset);

        // The second was made of the first and cut off at white or black; or the first of the second.
        var room = Math.Max(Math.Max(white - 255, -black), Math.Max(255 - white, black));
        return room > Least ? new Clipping(room) : None;
    }

    /// <summary>Whether the difference of a block can come from cut off colours.</summary>
    public bool Explains(Block block, bool isSmooth, double noise) =>
        Room > 0
        && Math.Abs(block.MeanA - block.MeanB) <= Room * (isSmooth ? SmoothShare : 1)
        && block.Unexplained <= noise + (LostDetail * block.Variance);
}
