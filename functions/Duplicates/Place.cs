namespace Serverless.Duplicates;

/// <summary>An image's place in the order of announcements, with its id, which decides between two at the same place.</summary>
internal readonly record struct Place(long Sequence, string Id) : IComparable<Place>
{
    public int CompareTo(Place other)
    {
        var order = Sequence.CompareTo(other.Sequence);
        return order != 0 ? order : string.CompareOrdinal(Id, other.Id);
    }

    public static bool operator <(Place left, Place right) => left.CompareTo(right) < 0;

    public static bool operator >(Place left, Place right) => left.CompareTo(right) > 0;

    public static bool operator <=(Place left, Place right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Place left, Place right) => left.CompareTo(right) >= 0;
}
