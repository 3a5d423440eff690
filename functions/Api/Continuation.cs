using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Serverless.Api;

/// <summary>Where a list continues: a key of it, in base64url.</summary>
internal static class Continuation
{
    public static string Encode(string key) => WebEncoders.Base64UrlEncode(Encoding.ASCII.GetBytes(key));

    /// <param name="continuation">What the caller sent.</param>
    /// <param name="most">Letters of the longest one that this list returns.</param>
    /// <param name="isKey">Whether a text is a key of the list: anything else is refused, because it goes into a query.</param>
    /// <exception cref="ProblemException">The list never returned it.</exception>
    public static string Decode(string continuation, int most, Func<string, bool> isKey)
    {
        try
        {
            var key = continuation.Length <= most ? Encoding.ASCII.GetString(WebEncoders.Base64UrlDecode(continuation)) : "";
            if (isKey(key))
            {
                return key;
            }
        }
        catch (FormatException)
        {
            // Not base64 either.
        }

        throw ProblemException.Invalid("'continuation' was not returned by this route: leave it out to start from the beginning.");
    }
}
