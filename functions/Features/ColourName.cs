namespace Serverless.Features;

/// <summary>The twelve names that the large services agree on. The numbers are stored: they do not change.</summary>
internal enum ColourName
{
    Black = 0,
    Blue = 1,
    Brown = 2,
    Gray = 3,
    Green = 4,
    Orange = 5,
    Pink = 6,
    Purple = 7,
    Red = 8,
    Teal = 9,
    White = 10,
    Yellow = 11,
}
