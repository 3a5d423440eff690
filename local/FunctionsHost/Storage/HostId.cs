using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using FunctionsHost.Configuration;

namespace FunctionsHost.Storage;

/// <summary>Names this app in the storage account, so that receipts are found again and two apps do not share them.</summary>
internal static partial class HostId
{
    private const string Setting = "AzureFunctionsWebHost__hostid";

    public static string Of(FunctionApp app)
    {
        if (app.Settings.Find(Setting) is not { } id)
        {
            return "local-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(app.Root)))[..12];
        }

        return Valid().IsMatch(id)
            ? id
            : throw new HostException($"{Setting} must be 1 to 32 lower-case letters, digits and single dashes, but is '{id}'.");
    }

    [GeneratedRegex("^(?=.{1,32}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Valid();
}
