using System.Globalization;

namespace Serverless.Features;

/// <summary>One of the colours that a picture is made of.</summary>
/// <param name="Share">Share of the picture, 0 to 1.</param>
internal readonly record struct PaletteColour(byte Red, byte Green, byte Blue, double Share)
{
    public OkLab Lab => OkLab.Of(Red, Green, Blue);

    public ColourName Name => ColourNames.Of(Lab);

    /// <summary>Such as <c>#3366cc</c>.</summary>
    public string Hex => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");

    /// <summary>A colour written as <c>#3366cc</c> or <c>3366cc</c>; null for any other text.</summary>
    public static PaletteColour? Parse(string text)
    {
        var digits = text.StartsWith('#') ? text[1..] : text;
        return
            digits.Length == 6
            && digits.All(char.IsAsciiHexDigit)
            && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb)
            ? new PaletteColour((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb, 1)
            : null;
    }
}
