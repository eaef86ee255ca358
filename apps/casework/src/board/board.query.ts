import { IsIn, IsOptional } from 'class-validator';
import { BOARD_PARTS, type BoardPart } from '@recourse/cases';
import { PageQuery } from '../queue/page.query';

/** Which part of the board, from the address. */
export class BoardQuery extends PageQuery {
  @IsOptional()
  @IsIn(BOARD_PARTS)
  show?: BoardPart;
}
