/**
 * The pixel engines of the sandbox: they remove watermarks from pictures and clips without any service.
 * <p>
 * They are a stand-in for trying out and for tests, with limits that a real service doesn't have:
 * <ul>
 * <li>Only bold, white, semi-transparent marks of one opacity (about .25 to .85) are recognised. For thin, serif, opaque,
 * black or coloured ones nothing is found; with a brush their area is inpainted, which blurs it.</li>
 * <li>Thin parts of a mark, such as a ©, are missed and stay.</li>
 * <li>Without a brush, texture right beside the mark can be taken for a part of it and get darker.</li>
 * <li>The thresholds were tuned on five pictures of about 1280 pixels. Larger ones are searched in a reduced copy, in
 * which small marks can get lost.</li>
 * <li>Inpainting continues colours smoothly: it draws neither texture nor lines across the area.</li>
 * <li>In a clip only a mark that stands still from beginning to end is found. Its pictures are encoded anew, which costs
 * some quality everywhere.</li>
 * <li>Pictures become RGB with 8 bits per channel: transparency and colour profiles are lost.</li>
 * </ul>
 */
package io.github.cameldewatermark.sandbox.pixel;
