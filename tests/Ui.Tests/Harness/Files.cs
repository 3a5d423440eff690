using Microsoft.Playwright;

namespace Ui.Tests;

/// <summary>Files from outside the browser: dropped on the page, or pasted into it.</summary>
internal static class Files
{
    /// <param name="page">Where.</param>
    /// <param name="how"><c>drop</c> or <c>paste</c>.</param>
    /// <param name="files">What.</param>
    public static Task GiveAsync(IPage page, string how, params (string Name, string Type, byte[] Bytes)[] files) =>
        page.EvaluateAsync(
            """
            ({ how, files }) => {
              const transfer = new DataTransfer();
              for (const { name, type, base64 } of files) {
                transfer.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name, { type }));
              }
              const target = document.body;
              if (how === 'paste') target.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }));
              else for (const type of ['dragenter', 'dragover', 'drop']) target.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
            }
            """,
            new
            {
                how,
                files = files.Select(file => new
                {
                    name = file.Name,
                    type = file.Type,
                    base64 = Convert.ToBase64String(file.Bytes),
                }),
            }
        );
}
