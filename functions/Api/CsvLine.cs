using System.Text;

namespace Serverless.Api;

/// <summary>
/// A line of comma-separated values (RFC 4180) that a spreadsheet program can be trusted with: a text that it would take for a formula gets
/// an apostrophe in front.
/// </summary>
internal static class CsvLine
{
    private const string FormulaStarts = "=+-@\t\r";
    private static readonly char[] Quoted = [',', '"', '\r', '\n'];

    /// <param name="cells">Numbers must be given by <see cref="System.Globalization.CultureInfo.InvariantCulture"/>.</param>
    public static string Of(IEnumerable<Cell> cells)
    {
        var line = new StringBuilder();
        foreach (var (place, cell) in cells.Index())
        {
            var text = cell.IsNumber || cell.Text.Length == 0 || !FormulaStarts.Contains(cell.Text[0]) ? cell.Text : "'" + cell.Text;
            line.Append(place > 0 ? "," : "")
                .Append(text.IndexOfAny(Quoted) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        }

        return line.Append("\r\n").ToString();
    }

    /// <param name="IsNumber">It comes from a number, not from a person.</param>
    internal readonly record struct Cell(string Text, bool IsNumber = false)
    {
        public static implicit operator Cell(string? text) => new(text ?? "");

        public static implicit operator Cell(long number) =>
            new(number.ToString(System.Globalization.CultureInfo.InvariantCulture), IsNumber: true);

        public static implicit operator Cell(double number) =>
            new(number.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture), IsNumber: true);
    }
}
