using System.Collections.Concurrent;

namespace SearchEmulator.Text;

/// <summary>
/// Scores by slot. Arrays, because a common word matches thousands of documents and a query adds up dozens of such lists; they come from a
/// pool and go back when they are disposed of.
/// </summary>
internal sealed class SlotScores : IDisposable
{
    private static readonly ConcurrentBag<SlotScores> Pool = [];

    private readonly List<int> _slots = [];
    private float[] _scores = [];
    private bool[] _has = [];

    private SlotScores() { }

    public static SlotScores Take() => Pool.TryTake(out var known) ? known : new SlotScores();

    /// <summary>Those that have a score, in no order.</summary>
    public IReadOnlyList<int> Slots => _slots;

    public float this[int slot] => Contains(slot) ? _scores[slot] : 0;

    public bool Contains(int slot) => slot < _has.Length && _has[slot];

    public void Add(int slot, float score)
    {
        if (slot >= _has.Length)
        {
            var length = Math.Max(slot + 1, 2 * _has.Length);
            Array.Resize(ref _scores, length);
            Array.Resize(ref _has, length);
        }

        if (!_has[slot])
        {
            _has[slot] = true;
            _slots.Add(slot);
        }

        _scores[slot] += score;
    }

    public void Dispose()
    {
        _slots.ForEach(Forget);
        _slots.Clear();
        Pool.Add(this);
    }

    private void Forget(int slot) => (_scores[slot], _has[slot]) = (0, false);
}
