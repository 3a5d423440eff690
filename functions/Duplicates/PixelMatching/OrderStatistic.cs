using System.Numerics;

namespace Serverless.Duplicates.PixelMatching;

/// <summary>The value that would stand at a place after sorting, found in linear time. What is given is reordered.</summary>
internal static class OrderStatistic
{
    public static T At<T>(Span<T> values, int place)
        where T : struct, INumber<T>
    {
        var (first, last) = (0, values.Length - 1);
        while (first < last)
        {
            var pivot = values[first + ((last - first) / 2)];
            var (left, right) = (first, last);
            while (left <= right)
            {
                while (values[left] < pivot)
                {
                    left++;
                }

                while (values[right] > pivot)
                {
                    right--;
                }

                if (left <= right)
                {
                    (values[left], values[right]) = (values[right], values[left]);
                    (left, right) = (left + 1, right - 1);
                }
            }

            // Between the two parts lie at most values that equal the pivot.
            if (place > right && place < left)
            {
                return values[place];
            }

            (first, last) = place <= right ? (first, right) : (left, last);
        }

        return values[place];
    }

    public static T Median<T>(Span<T> values)
        where T : struct, INumber<T> => At(values, values.Length / 2);
}
