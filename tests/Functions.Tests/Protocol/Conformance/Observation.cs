using System.Globalization;
using System.Numerics;
using System.Text;

namespace Functions.Tests.Protocol.Conformance;

/// <summary>
/// What can be seen of a state from outside: blobs and copies by version, rows, and the places that the log holds. What was read
/// from storage is put into a state of its own, with nothing else in it.
/// </summary>
internal static class Observation
{
    /// <summary>Equal where the same can be seen.</summary>
    public static ulong Key(in ModelState state, int images)
    {
        var key = 0ul;
        for (var image = 0; image < images; image++)
        {
            ref readonly var cell = ref state.Images[image];
            ref readonly var row = ref cell.Row;
            key = Mix(key, cell.Blob | ((ulong)cell.Kept << 8));
            key = Mix(
                key,
                (row.State is { } known ? (ulong)known + 1 : 0)
                    | ((ulong)row.Version << 8)
                    | ((ulong)row.Sequence << 16)
                    | ((ulong)row.Other << 24)
                    | ((ulong)row.OtherSequence << 32)
                    | ((ulong)row.Copy << 40)
            );
        }

        var held = 0ul;
        for (var place = 1; place <= state.Last; place++)
        {
            held |= state.Log[place].IsHeld ? (state.Log[place].Image + 1ul) << (place * 3) : 0;
        }

        return Mix(key, held);
    }

    /// <summary>The same for people to read.</summary>
    public static string Of(in ModelState state, int images)
    {
        var text = new StringBuilder();
        for (var image = 0; image < images; image++)
        {
            var cell = state.Images[image];
            var kept = Enumerable.Range(0, 32).Where(version => (cell.Kept & ImageCell.Bit(version)) != 0);
            text.Append(
                CultureInfo.InvariantCulture,
                $"blob {cell.Blob} kept {string.Join(',', kept)} row {(cell.Row.Exists ? cell.Row : "none")}; "
            );
        }

        for (var place = 1; place <= state.Last; place++)
        {
            text.Append(state.Log[place].IsHeld ? $"{place}={state.Log[place].Image} " : "");
        }

        return text.ToString();
    }

    private static ulong Mix(ulong key, ulong word)
    {
        var high = Math.BigMul(key ^ word ^ 0x9E3779B97F4A7C15ul, 0xA0761D6478BD642Ful, out var low);
        return BitOperations.RotateLeft(low ^ high, 23) * 0xE7037ED1A0B428DBul;
    }
}
