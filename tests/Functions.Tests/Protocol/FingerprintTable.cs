namespace Functions.Tests.Protocol;

/// <summary>Numbers fingerprints in the order in which they are seen first: open addressing, about 20 bytes for each.</summary>
internal sealed class FingerprintTable
{
    private ulong[] fingerprints = new ulong[1 << 16];
    private int[] numbers = new int[1 << 16];

    public int Count { get; private set; }

    /// <summary>The number of a fingerprint; true where it was not seen before.</summary>
    public bool TryAdd(ulong fingerprint, out int number)
    {
        if (Count >= fingerprints.Length * 6L / 10)
        {
            Grow();
        }

        var slot = SlotOf(fingerprint);
        if (numbers[slot] != 0)
        {
            number = numbers[slot] - 1;
            return false;
        }

        number = Count++;
        (fingerprints[slot], numbers[slot]) = (fingerprint, Count);
        return true;
    }

    private int SlotOf(ulong fingerprint)
    {
        var slot = (int)(fingerprint & (ulong)(fingerprints.Length - 1));
        while (numbers[slot] != 0 && fingerprints[slot] != fingerprint)
        {
            slot = (slot + 1) & (fingerprints.Length - 1);
        }

        return slot;
    }

    private void Grow()
    {
        var (before, numbersBefore) = (fingerprints, numbers);
        fingerprints = new ulong[before.Length * 2];
        numbers = new int[before.Length * 2];
        for (var slot = 0; slot < before.Length; slot++)
        {
            if (numbersBefore[slot] != 0)
            {
                var to = SlotOf(before[slot]);
                (fingerprints[to], numbers[to]) = (before[slot], numbersBefore[slot]);
            }
        }
    }
}
