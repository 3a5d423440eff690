namespace Bench.Drawings;

/// <summary>What sketches look for.</summary>
internal enum Symbol
{
    SpiralStair,
    StraightStair,
    Bathtub,
    Toilet,
    TableWithChairs,
    Gear,
    Spring,
    Flange,
}
