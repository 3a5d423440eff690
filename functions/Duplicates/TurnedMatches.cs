using Serverless.Duplicates.PixelMatching;
using Serverless.Imaging;

namespace Serverless.Duplicates;

/// <summary>Matches of a picture that was turned before it was compared.</summary>
internal static class TurnedMatches
{
    /// <summary>Names the places in the first of two pictures as they lie in it before it was turned.</summary>
    public static DetailMatch Undo(this ImageOrientation turn, DetailMatch match) =>
        turn == ImageOrientation.Upright
            ? match
            : match with
            {
                A = turn.Undo(match.A),
                Differences =
                [
                    .. match.Differences.Select(place =>
                    {
                        var (left, top, width, height) = turn.Undo(new SharedArea(place.LeftA, place.TopA, place.WidthA, place.HeightA));
                        return place with { LeftA = left, TopA = top, WidthA = width, HeightA = height };
                    }),
                ],
            };

    private static SharedArea Undo(this ImageOrientation turn, SharedArea area)
    {
        for (var quarter = 0; quarter < turn.Quarters(); quarter++)
        {
            area = new SharedArea(area.Top, 1 - area.Left - area.Width, area.Height, area.Width);
        }

        return turn.IsMirrored() ? area with { Left = 1 - area.Left - area.Width } : area;
    }
}
